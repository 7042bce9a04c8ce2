#include "Curl.h"

#include <dlfcn.h>
#include <stdlib.h>

/// The kind of the message of a finished transfer; there is no other kind.
enum { MESSAGE_DONE = 1 };

typedef struct {
  int kind;
  CurlEasy *easy;
  union {
    void *unused;
    int result;
  } data;
} Message;

/// The beginning of libcurl's version structure.
typedef struct {
  int age;
  const char *version;
  unsigned int number;
  const char *host;
  int features;
} Version;

enum { FEATURE_ASYNCHRONOUS_DNS = 1 << 7 };

struct CurlLibrary {
  int (*global_init)(long);
  const Version *(*version_info)(int);
  CurlEasy *(*easy_init)(void);
  void (*easy_cleanup)(CurlEasy *);
  int (*easy_setopt)(CurlEasy *, int, ...);
  int (*easy_getinfo)(CurlEasy *, int, ...);
  const char *(*easy_strerror)(int);
  CurlList *(*slist_append)(CurlList *, const char *);
  void (*slist_free_all)(CurlList *);
  CurlMulti *(*multi_init)(void);
  int (*multi_cleanup)(CurlMulti *);
  int (*multi_setopt)(CurlMulti *, int, ...);
  int (*multi_add_handle)(CurlMulti *, CurlEasy *);
  int (*multi_remove_handle)(CurlMulti *, CurlEasy *);
  int (*multi_socket_action)(CurlMulti *, int, int, int *);
  Message *(*multi_info_read)(CurlMulti *, int *);
};

/// Looks up one function. The cast goes through the table because C has none from object to function pointers.
#define FIND(name) (*(void **)&found.name = dlsym(handle, "curl_" #name))

static const CurlLibrary *load_one(const char *name) {
  void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (!handle) return NULL;
  CurlLibrary found;
  bool complete = FIND(global_init) && FIND(version_info) && FIND(easy_init) && FIND(easy_cleanup) &&
    FIND(easy_setopt) && FIND(easy_getinfo) && FIND(easy_strerror) && FIND(slist_append) && FIND(slist_free_all) &&
    FIND(multi_init) && FIND(multi_cleanup) && FIND(multi_setopt) && FIND(multi_add_handle) &&
    FIND(multi_remove_handle) && FIND(multi_socket_action) && FIND(multi_info_read);
  CurlLibrary *library = complete ? malloc(sizeof *library) : NULL;
  // 3 is everything, as CURL_GLOBAL_DEFAULT.
  if (!library || found.global_init(3) != 0) {
    free(library);
    dlclose(handle);
    return NULL;
  }
  *library = found;
  return library;
}

const CurlLibrary *ccurl_load(const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const CurlLibrary *library = load_one(names[i]);
    if (library) return library;
  }
  return NULL;
}

unsigned int ccurl_version_number(const CurlLibrary *library) { return library->version_info(0)->number; }

bool ccurl_resolves_asynchronously(const CurlLibrary *library) {
  return library->version_info(0)->features & FEATURE_ASYNCHRONOUS_DNS;
}

CurlEasy *ccurl_easy_create(const CurlLibrary *library) { return library->easy_init(); }

void ccurl_easy_destroy(const CurlLibrary *library, CurlEasy *easy) { library->easy_cleanup(easy); }

int ccurl_easy_set_long(const CurlLibrary *library, CurlEasy *easy, int option, long value) {
  return library->easy_setopt(easy, option, value);
}

int ccurl_easy_set_size(const CurlLibrary *library, CurlEasy *easy, int option, int64_t value) {
  return library->easy_setopt(easy, option, value);
}

int ccurl_easy_set_pointer(const CurlLibrary *library, CurlEasy *easy, int option, const void *value) {
  return library->easy_setopt(easy, option, value);
}

int ccurl_easy_set_data_function(
  const CurlLibrary *library, CurlEasy *easy, int option, CurlDataFunction function) {
  return library->easy_setopt(easy, option, function);
}

int ccurl_easy_set_prerequest_function(
  const CurlLibrary *library, CurlEasy *easy, CurlPrerequestFunction function) {
  return library->easy_setopt(easy, CCURLOPT_PREREQFUNCTION, function);
}

int ccurl_easy_set_debug_function(const CurlLibrary *library, CurlEasy *easy, CurlDebugFunction function) {
  return library->easy_setopt(easy, CCURLOPT_DEBUGFUNCTION, function);
}

int ccurl_easy_set_socket_functions(
  const CurlLibrary *library, CurlEasy *easy, CurlOpenSocketFunction open, CurlCloseSocketFunction close) {
  int result = library->easy_setopt(easy, CCURLOPT_OPENSOCKETFUNCTION, open);
  return result ? result : library->easy_setopt(easy, CCURLOPT_CLOSESOCKETFUNCTION, close);
}

const char *ccurl_easy_message(const CurlLibrary *library, int result) { return library->easy_strerror(result); }

long ccurl_easy_get_long(const CurlLibrary *library, CurlEasy *easy, int info) {
  long value = 0;
  return library->easy_getinfo(easy, info, &value) == 0 ? value : 0;
}

void *ccurl_easy_get_pointer(const CurlLibrary *library, CurlEasy *easy, int info) {
  void *value = NULL;
  return library->easy_getinfo(easy, info, &value) == 0 ? value : NULL;
}

CurlList *ccurl_list_append(const CurlLibrary *library, CurlList *list, const char *text) {
  return library->slist_append(list, text);
}

void ccurl_list_destroy(const CurlLibrary *library, CurlList *list) { library->slist_free_all(list); }

CurlMulti *ccurl_multi_create(const CurlLibrary *library) { return library->multi_init(); }

void ccurl_multi_destroy(const CurlLibrary *library, CurlMulti *multi) { library->multi_cleanup(multi); }

int ccurl_multi_set_long(const CurlLibrary *library, CurlMulti *multi, int option, long value) {
  return library->multi_setopt(multi, option, value);
}

int ccurl_multi_set_functions(
  const CurlLibrary *library, CurlMulti *multi, CurlSocketFunction socket, CurlTimerFunction timer, void *data) {
  int result = library->multi_setopt(multi, CCURLMOPT_SOCKETFUNCTION, socket);
  if (!result) result = library->multi_setopt(multi, CCURLMOPT_SOCKETDATA, data);
  if (!result) result = library->multi_setopt(multi, CCURLMOPT_TIMERFUNCTION, timer);
  if (!result) result = library->multi_setopt(multi, CCURLMOPT_TIMERDATA, data);
  return result;
}

int ccurl_multi_add(const CurlLibrary *library, CurlMulti *multi, CurlEasy *easy) {
  return library->multi_add_handle(multi, easy);
}

int ccurl_multi_remove(const CurlLibrary *library, CurlMulti *multi, CurlEasy *easy) {
  return library->multi_remove_handle(multi, easy);
}

int ccurl_multi_socket_action(const CurlLibrary *library, CurlMulti *multi, int descriptor, int ready) {
  int running;
  return library->multi_socket_action(multi, descriptor, ready, &running);
}

CurlEasy *ccurl_multi_take_done(const CurlLibrary *library, CurlMulti *multi, int *result) {
  int left;
  Message *message;
  while ((message = library->multi_info_read(multi, &left))) {
    if (message->kind != MESSAGE_DONE) continue;
    *result = message->data.result;
    return message->easy;
  }
  return NULL;
}
