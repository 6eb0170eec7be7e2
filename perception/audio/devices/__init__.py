"""Sound devices: microphones, speakers and the thread that supervises them."""
