// The worker takes orders from the queue and prints a label for each.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"text/template"
	"time"
)

var version = "dev"

// bulk reads "$LENGTH\r\nBYTES\r\n".
func bulk(replies *bufio.Reader) (string, error) {
	head, err := replies.ReadString('\n')
	if err != nil {
		return "", err
	}
	length, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(head, "$")))
	if err != nil || length < 0 || length > 1<<20 {
		return "", fmt.Errorf("the queue says %q", head)
	}
	text := make([]byte, length+2)
	if _, err := io.ReadFull(replies, text); err != nil {
		return "", err
	}
	return string(text[:length]), nil
}

// next waits until there is an order.
func next(connection net.Conn, replies *bufio.Reader) (string, error) {
	if _, err := io.WriteString(connection, "BLPOP orders 0\r\n"); err != nil {
		return "", err
	}
	head, err := replies.ReadString('\n')
	if err != nil {
		return "", err
	}
	if head != "*2\r\n" {
		return "", fmt.Errorf("the queue says %q", head)
	}
	if _, err := bulk(replies); err != nil {
		return "", err
	}
	return bulk(replies)
}

func work(label *template.Template) error {
	connection, err := net.Dial("tcp", os.Getenv("REDIS_ADDR"))
	if err != nil {
		return err
	}
	defer connection.Close()
	log.Printf("waiting for orders")
	replies := bufio.NewReader(connection)
	for {
		order, err := next(connection, replies)
		if err != nil {
			return err
		}
		var text bytes.Buffer
		number, address, _ := strings.Cut(order, " ")
		if err := label.Execute(&text, map[string]string{"Order": number, "Address": address}); err != nil {
			return err
		}
		log.Printf("printing the label %q", text.String())
	}
}

func main() {
	log.Printf("worker %s", version)
	label := template.Must(template.ParseFiles("/app/templates/label.txt"))
	go func() {
		http.HandleFunc("/health", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "ok\n") })
		log.Fatal(http.ListenAndServe(":8080", nil))
	}()
	for {
		log.Print(work(label))
		time.Sleep(time.Second)
	}
}
