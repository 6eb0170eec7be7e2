"""What reaches beyond the window: notifications, and chats of other programs."""
