/// What `--version` prints first and every file's metadata carries. VERSION is where it is edited; `make` copies it.
let programVersion = "1.0.0"
