// The worker takes orders from the queue and prints a label for each.
package main

import (
	"bufio"
	"log"
	"net"
	"net/http"
	"os"
)

var version = "dev"

func main() {
	log.Printf("worker %s", version)
	go func() {
		http.HandleFunc("/health", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("ok")) })
		log.Fatal(http.ListenAndServe(":8080", nil))
	}()

	connection, err := net.Dial("tcp", os.Getenv("REDIS_ADDR"))
	if err != nil {
		log.Fatal(err)
	}
	replies := bufio.NewReader(connection)
	for {
		// BLPOP waits until there is an order.
		if _, err := connection.Write([]byte("BLPOP orders 0\r\n")); err != nil {
			log.Fatal(err)
		}
		order, err := replies.ReadString('\n')
		if err != nil {
			log.Fatal(err)
		}
		log.Printf("printing a label for %q", order)
	}
}
