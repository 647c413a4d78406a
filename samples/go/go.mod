module example.com/comptappart-receiver

go 1.24.0

require (
	github.com/ncruces/go-sqlite3 v0.29.0
	github.com/standard-webhooks/standard-webhooks/libraries v0.0.1
)

require (
	github.com/ncruces/julianday v1.0.0 // indirect
	github.com/tetratelabs/wazero v1.9.0 // indirect
	golang.org/x/sys v0.36.0 // indirect
)
