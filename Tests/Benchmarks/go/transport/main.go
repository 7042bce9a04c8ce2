// The transport's server and its peer, Go's net/http.
//
// `main serve MILLISECONDS PROTOCOL CERTIFICATE` prints its URL and answers every POST after that time, until its input
// ends. PROTOCOL is http, tls, or h2 for HTTP/2 over TLS; the certificate that a client has to trust goes to that file.
// `main client URL IN_FLIGHT COUNT` sends COUNT requests, so many at once over kept connections, and prints the
// microseconds of processor time a call, the largest resident size in MiB and the share of one core in percent.
package main

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	if os.Args[1] == "serve" {
		serve()
	} else {
		client()
	}
}

func number(argument int) int {
	value, err := strconv.Atoi(os.Args[argument])
	if err != nil {
		panic(err)
	}
	return value
}

func serve() {
	delay := time.Duration(number(2)) * time.Millisecond
	protocol, certificate := os.Args[3], os.Args[4]
	answer := []byte(`{"choices":[{"message":{"content":"` + strings.Repeat("A sentence of the summary. ", 20) + `"}}]}`)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		time.Sleep(delay)
		w.Header().Set("Content-Type", "application/json")
		w.Write(answer)
	}))
	// Go's client gives up connections that it turns out not to need. A call that fails is the client's to report.
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	if protocol == "http" {
		server.Start()
	} else {
		server.EnableHTTP2 = protocol == "h2"
		server.StartTLS()
		block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
		if err := os.WriteFile(certificate, block, 0o644); err != nil {
			panic(err)
		}
	}
	fmt.Printf("%s/v1/chat/completions\n", server.URL)
	io.Copy(io.Discard, os.Stdin)
}

func client() {
	url, inFlight, count := os.Args[2], number(3), number(4)
	body := []byte(strings.Repeat("x", 4000))
	client := &http.Client{
		Transport: &http.Transport{MaxIdleConns: inFlight, MaxIdleConnsPerHost: inFlight, ForceAttemptHTTP2: true},
		Timeout:   time.Minute,
	}
	start := time.Now()
	var next int64
	var workers sync.WaitGroup
	for i := 0; i < inFlight; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for atomic.AddInt64(&next, 1) <= int64(count) {
				request, _ := http.NewRequest("POST", url, bytes.NewReader(body))
				request.Header.Set("Content-Type", "application/json")
				request.Header.Set("Authorization", "Bearer key")
				response, err := client.Do(request)
				if err != nil {
					panic(err)
				}
				answer, err := io.ReadAll(response.Body)
				response.Body.Close()
				if err != nil || response.StatusCode != 200 || len(answer) == 0 {
					panic("not the answer")
				}
			}
		}()
	}
	workers.Wait()
	wall := time.Since(start).Seconds()
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	cpu := seconds(usage.Utime) + seconds(usage.Stime)
	fmt.Printf("%.1f %.1f %.2f\n", cpu/float64(count)*1e6, float64(usage.Maxrss)/1024, cpu/wall*100)
}

func seconds(time syscall.Timeval) float64 { return float64(time.Sec) + float64(time.Usec)/1e6 }
