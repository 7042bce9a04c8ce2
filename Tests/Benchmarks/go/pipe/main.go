// The peer of the whole pipe: lines of JSON in, a fixed pool of workers, lines of JSON out, as they are done.
//
//	pipe JOBS < lines > records
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"sync"
)

type article struct {
	ID      json.RawMessage `json:"id"`
	Content string          `json:"content"`
}

type record struct {
	ID        json.RawMessage `json:"id"`
	Summary   string          `json:"summary"`
	Sentiment string          `json:"sentiment"`
	Keywords  []string        `json:"keywords"`
}

// As little work as the simulated model does: the first sentence and the first long words.
func summarize(line []byte) []byte {
	var in article
	if err := json.Unmarshal(line, &in); err != nil {
		return []byte(`{"error":"invalid"}`)
	}
	summary := in.Content
	if end := strings.IndexAny(summary, ".!?"); end >= 0 {
		summary = summary[:end+1]
	}
	keywords := []string{}
	for rest := in.Content; len(keywords) < 5 && rest != ""; {
		word, more, _ := strings.Cut(rest, " ")
		if rest = more; len(word) > 5 {
			keywords = append(keywords, strings.ToLower(word))
		}
	}
	out, _ := json.Marshal(record{in.ID, summary, "neutral", keywords})
	return out
}

func main() {
	jobs, _ := strconv.Atoi(os.Args[1])
	lines, records := make(chan []byte, jobs), make(chan []byte, jobs)
	var workers sync.WaitGroup
	for i := 0; i < jobs; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for line := range lines {
				records <- summarize(line)
			}
		}()
	}
	go func() {
		in := bufio.NewScanner(os.Stdin)
		in.Buffer(make([]byte, 1<<20), 1<<24)
		for in.Scan() {
			lines <- append([]byte(nil), in.Bytes()...)
		}
		close(lines)
		workers.Wait()
		close(records)
	}()
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	defer out.Flush()
	for record := range records {
		out.Write(record)
		out.WriteByte('\n')
	}
}
