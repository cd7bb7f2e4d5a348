// Command tlog-check reads a log as Countenance writes it, with nothing but golang.org/x/mod/sumdb/{note,tlog}.
//
// Usage: tlog-check <folder of the log> <verifier key> <origin>. It opens the signed checkpoint, authenticates every tile
// against its root, checks every entry and every consistency proof, and prints one JSON object for the other side:
// the roots and proofs as Go computes them, and a note that Go signs. It ends with 1 at the first thing that is wrong.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type report struct {
	Size      int64      `json:"size"`
	Entries   []string   `json:"entries"`
	Inclusion [][]string `json:"inclusion"`
	Extends   [][]string `json:"extends"`
	Roots     []string   `json:"roots"`
	Note      string     `json:"note"`
	NoteKey   string     `json:"noteKey"`
}

// folder reads tiles of height 8 from C2SP paths: those of Go without the height.
type folder string

func (f folder) read(tile tlog.Tile) ([]byte, error) {
	path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	return os.ReadFile(filepath.Join(string(f), path))
}

func (f folder) Height() int { return height }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		bytes, err := f.read(tile)
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func main() {
	if len(os.Args) != 4 {
		fail("three arguments are needed")
	}
	dir, key, origin := folder(os.Args[1]), os.Args[2], os.Args[3]
	opened := openCheckpoint(dir, key)
	tree := parseCheckpoint(opened.Text, origin)
	hashes := tlog.TileHashReader(tree, dir)
	out := report{Size: tree.N, Entries: []string{}, Inclusion: [][]string{}, Extends: [][]string{}, Roots: []string{}}
	checkEntries(dir, tree, hashes, &out)
	checkGrowth(tree, hashes, &out)
	signNote(opened, &out)
	check(json.NewEncoder(os.Stdout).Encode(out))
}

func openCheckpoint(dir folder, key string) *note.Note {
	verifier, err := note.NewVerifier(key)
	check(err)
	bytes, err := os.ReadFile(filepath.Join(string(dir), "checkpoint"))
	check(err)
	opened, err := note.Open(bytes, note.VerifierList(verifier))
	check(err)
	return opened
}

func parseCheckpoint(text, origin string) tlog.Tree {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] != origin {
		fail("the checkpoint is not one of " + origin)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	return tlog.Tree{N: size, Hash: root}
}

// checkEntries proves every entry of every bundle in the tree, and that no bundle holds more.
func checkEntries(dir folder, tree tlog.Tree, hashes tlog.HashReader, out *report) {
	for start := int64(0); start < tree.N; start += 1 << height {
		width := tree.N - start
		if width > 1<<height {
			width = 1 << height
		}
		tile := tlog.Tile{H: height, L: -1, N: start >> height, W: int(width)}
		path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
		rest, err := os.ReadFile(filepath.Join(string(dir), path))
		check(err)
		for index := start; index < start+width; index++ {
			if len(rest) < 2 || len(rest) < 2+int(binary.BigEndian.Uint16(rest)) {
				fail(path + " ends inside an entry")
			}
			length := int(binary.BigEndian.Uint16(rest))
			entry := rest[2 : 2+length]
			rest = rest[2+length:]
			proof, err := tlog.ProveRecord(tree.N, index, hashes)
			check(err)
			check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
			out.Entries = append(out.Entries, base64.StdEncoding.EncodeToString(entry))
			out.Inclusion = append(out.Inclusion, texts(proof))
		}
		if len(rest) != 0 {
			fail(path + " goes on after its last entry")
		}
	}
}

// checkGrowth proves that the tree extends each smaller one.
func checkGrowth(tree tlog.Tree, hashes tlog.HashReader, out *report) {
	for size := int64(1); size <= tree.N; size++ {
		root, err := tlog.TreeHash(size, hashes)
		check(err)
		proof, err := tlog.ProveTree(tree.N, size, hashes)
		check(err)
		check(tlog.CheckTree(proof, tree.N, tree.Hash, size, root))
		out.Roots = append(out.Roots, root.String())
		out.Extends = append(out.Extends, texts(proof))
	}
}

// signNote adds a signature by Go to the note it was given.
func signNote(opened *note.Note, out *report) {
	secret, public, err := note.GenerateKey(zeroes{}, "go.example/signer")
	check(err)
	signer, err := note.NewSigner(secret)
	check(err)
	signed, err := note.Sign(opened, signer)
	check(err)
	out.Note, out.NoteKey = string(signed), public
}

// zeroes makes the key the same in every run; it protects nothing.
type zeroes struct{}

func (zeroes) Read(bytes []byte) (int, error) {
	for i := range bytes {
		bytes[i] = 0
	}
	return len(bytes), nil
}

func texts(hashes []tlog.Hash) []string {
	out := make([]string, len(hashes))
	for i, hash := range hashes {
		out[i] = hash.String()
	}
	return out
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(1)
}
