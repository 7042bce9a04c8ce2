// Nearly every file of these tests uses the C library and the tools of all tests; this spares each of them the import.
@_exported import TestSupport
