// The transport's server and its peer, Go's net/http.
//
// `main serve MILLISECONDS` prints its URL and answers every POST after that time, until its input ends.
// `main client URL IN_FLIGHT COUNT` sends COUNT requests, so many at once over kept connections, and prints the
// microseconds of processor time a call, the largest resident size in MiB and the share of one core in percent.
package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
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
	answer := []byte(`{"choices":[{"message":{"content":"` + strings.Repeat("A sentence of the summary. ", 20) + `"}}]}`)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("http://%s/v1/chat/completions\n", listener.Addr())
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	panic(http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		time.Sleep(delay)
		w.Header().Set("Content-Type", "application/json")
		w.Write(answer)
	})))
}

func client() {
	url, inFlight, count := os.Args[2], number(3), number(4)
	body := []byte(strings.Repeat("x", 4000))
	client := &http.Client{
		Transport: &http.Transport{MaxIdleConns: inFlight, MaxIdleConnsPerHost: inFlight},
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
