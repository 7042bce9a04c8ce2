// The operator's peer: N goroutines take elements from one channel and put results on another, from which the main
// goroutine counts them, in no order. `main LIMIT CAPACITY COUNT` prints the nanoseconds an element; CAPACITY is that
// of both channels (0: unbuffered).
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"
)

func main() {
	limit, _ := strconv.Atoi(os.Args[1])
	capacity, _ := strconv.Atoi(os.Args[2])
	count, _ := strconv.Atoi(os.Args[3])
	start := time.Now()

	in := make(chan int, capacity)
	out := make(chan int, capacity)
	go func() {
		for i := 0; i < count; i++ {
			in <- i
		}
		close(in)
	}()
	var workers sync.WaitGroup
	for w := 0; w < limit; w++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for i := range in {
				out <- i + 1
			}
		}()
	}
	go func() {
		workers.Wait()
		close(out)
	}()
	sum := 0
	for result := range out {
		sum += result
	}

	elapsed := time.Since(start)
	if sum != count*(count+1)/2 {
		panic("results were lost")
	}
	fmt.Println(float64(elapsed.Nanoseconds()) / float64(count))
}
