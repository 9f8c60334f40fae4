// Asks Sarama where keys go: sarama KEYS.tsv OUT-FOLDER
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/IBM/sarama"
)

var partitions = []int32{3, 12, 100, 1000, 2147483647}

// A partitioner that answers differently within so many calls does not go by the key.
const tries = 64

type header struct {
	Tool     string  `json:"tool"`
	Version  string  `json:"version"`
	Artifact string  `json:"artifact"`
	Sum      string  `json:"sum"`
	Keys     string  `json:"keys"`
	Seed     string  `json:"seed"`
	Columns  []int32 `json:"columns"`
	Made     string  `json:"made"`
}

func main() {
	log.SetFlags(0)
	keys, seed := readKeys(os.Args[1])
	for _, one := range []struct {
		constructor sarama.PartitionerConstructor
		name, file  string
	}{
		{sarama.NewConfig().Producer.Partitioner, "its default (NewHashPartitioner)", "partition-sarama.tsv"},
		{sarama.NewReferenceHashPartitioner, "NewReferenceHashPartitioner", "partition-sarama-reference.tsv"},
		{sarama.NewConsistentCRCHashPartitioner, "NewConsistentCRCHashPartitioner", "partition-sarama-crc.tsv"},
		{sarama.NewMurmur2Partitioner, "NewMurmur2Partitioner", "partition-sarama-murmur2.tsv"},
	} {
		module := itself()
		line, err := json.Marshal(header{"Sarama, " + one.name, module.Version, module.Path, module.Sum,
			"partition-keys.tsv", seed, partitions, "sarama/main.go: Partition()"})
		if err != nil {
			log.Fatal(err)
		}
		text := "# " + string(line) + "\n"
		for _, key := range keys {
			text += row(one.constructor("t"), key) + "\n"
		}
		if err := os.WriteFile(filepath.Join(os.Args[2], one.file), []byte(text), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// The Sarama that this program was built with.
func itself() *debug.Module {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/IBM/sarama" {
				return module
			}
		}
	}
	log.Fatal("The program does not know which Sarama it was built with: build it with `go build` in its folder.")
	return nil
}

// Keys in order, nil being no key at all, and what they follow from.
func readKeys(path string) ([]sarama.Encoder, string) {
	file, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	var keys []sarama.Encoder
	var first header
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "#"):
			if err := json.Unmarshal([]byte(line[1:]), &first); err != nil {
				log.Fatal(err)
			}
		case line == "-":
			keys = append(keys, nil)
		default:
			bytes, err := hex.DecodeString(line[1:])
			if err != nil {
				log.Fatal(err)
			}
			keys = append(keys, sarama.ByteEncoder(bytes))
		}
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
	return keys, first.Seed
}

func row(partitioner sarama.Partitioner, key sarama.Encoder) string {
	cells := make([]string, len(partitions))
	for place, count := range partitions {
		first := partition(partitioner, key, count)
		cells[place] = strconv.Itoa(int(first))
		for again := 1; again < tries && (key == nil || key.Length() == 0); again++ {
			if partition(partitioner, key, count) != first {
				cells[place] = "-"
			}
		}
	}
	return strings.Join(cells, "\t")
}

func partition(partitioner sarama.Partitioner, key sarama.Encoder, count int32) int32 {
	partition, err := partitioner.Partition(&sarama.ProducerMessage{Topic: "t", Key: key}, count)
	if err != nil {
		log.Fatal(fmt.Errorf("Sarama refused a key: %w", err))
	}
	return partition
}
