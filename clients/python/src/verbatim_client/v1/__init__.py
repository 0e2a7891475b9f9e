"""Messages and stub as protoc makes them; generate.py writes them again."""
