// The one place of the tests that asks which platform they are built for, to import the C library. Whoever imports this
// target sees the C library as well: tests of nearly every target open files, start threads or read the environment.
#if canImport(Darwin)
  @_exported public import Darwin
#elseif canImport(Musl)
  @_exported public import Musl
#else
  @_exported public import Glibc
#endif
