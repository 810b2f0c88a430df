// Prints the simple commands of shell scripts as mvdan.cc/sh sees them, to be compared with our parser.
//
// usage: shell-peer BODIES.jsonl — one JSON string (a script) per line; for each a line of JSON is printed:
// {"error":"…"} or {"commands":[{"assigns":["A=b"],"words":[{"raw","begin","end"}]}]} in source order.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

type word struct {
	Raw   string `json:"raw"`
	Begin int    `json:"begin"`
	End   int    `json:"end"`
}

type command struct {
	Assigns []string `json:"assigns"`
	Words   []word   `json:"words"`
	begin   int
}

func view(script string, node syntax.Node) word {
	begin, end := int(node.Pos().Offset()), int(node.End().Offset())
	return word{script[begin:end], begin, end}
}

// simple returns the command that the node is, if it is one that our tree calls simple: mvdan has nodes of
// their own for `export A=b` and `let i++`, which are words to us.
func simple(script string, node syntax.Node) *command {
	c := &command{Assigns: []string{}, Words: []word{}, begin: 0}
	switch x := node.(type) {
	case *syntax.CallExpr:
		for _, a := range x.Assigns {
			c.Assigns = append(c.Assigns, view(script, a).Raw)
		}
		for _, w := range x.Args {
			c.Words = append(c.Words, view(script, w))
		}
	case *syntax.DeclClause:
		c.Words = append(c.Words, view(script, x.Variant))
		for _, a := range x.Args {
			c.Words = append(c.Words, view(script, a))
		}
	case *syntax.LetClause:
		begin := int(x.Let.Offset())
		c.Words = append(c.Words, word{"let", begin, begin + len("let")})
		for _, e := range x.Exprs {
			c.Words = append(c.Words, view(script, e))
		}
	default:
		return nil
	}
	c.begin = int(node.Pos().Offset())
	return c
}

func read(script string) map[string]any {
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(script), "")
	if err != nil {
		return map[string]any{"error": err.Error()}
	}
	commands := []*command{}
	syntax.Walk(file, func(node syntax.Node) bool {
		if node == nil {
			return true
		}
		if c := simple(script, node); c != nil {
			commands = append(commands, c)
		}
		return true
	})
	slices.SortStableFunc(commands, func(a, b *command) int { return a.begin - b.begin })
	return map[string]any{"commands": commands}
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	in := bufio.NewScanner(file)
	in.Buffer(make([]byte, 1<<20), 64<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for in.Scan() {
		var script string
		if err := json.Unmarshal(in.Bytes(), &script); err != nil {
			panic(err)
		}
		if err := enc.Encode(read(script)); err != nil {
			panic(err)
		}
	}
}
