"""What the llama.cpp engine is made of: its server, cache, header check and answers."""
