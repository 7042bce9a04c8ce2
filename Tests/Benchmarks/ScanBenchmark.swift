func scanBenchmark() {}
