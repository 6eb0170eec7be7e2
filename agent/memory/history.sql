CREATE TABLE IF NOT EXISTS chats (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    updated REAL NOT NULL,
    deleted REAL
);
CREATE TABLE IF NOT EXISTS turns (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    chat INTEGER NOT NULL REFERENCES chats(id) ON DELETE CASCADE,
    asked TEXT NOT NULL,
    prompt TEXT NOT NULL DEFAULT '',
    evidence BLOB NOT NULL DEFAULT '[]',
    reply TEXT NOT NULL DEFAULT '',
    ended TEXT,
    why BLOB,
    at REAL NOT NULL,
    replaced INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS turns_of_chat ON turns(chat, replaced, number);
CREATE TABLE IF NOT EXISTS pictures (
    turn INTEGER NOT NULL REFERENCES turns(number) ON DELETE CASCADE,
    data BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS pictures_of_turn ON pictures(turn);
CREATE TABLE IF NOT EXISTS texts (
    turn INTEGER NOT NULL REFERENCES turns(number) ON DELETE CASCADE,
    title TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS texts_of_turn ON texts(turn);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    asked, reply, content='turns', content_rowid='number', tokenize='trigram'
);
CREATE TRIGGER IF NOT EXISTS turn_added AFTER INSERT ON turns BEGIN
    INSERT INTO words(rowid, asked, reply) VALUES (new.number, new.asked, new.reply);
END;
CREATE TRIGGER IF NOT EXISTS turn_removed AFTER DELETE ON turns BEGIN
    INSERT INTO words(words, rowid, asked, reply)
    VALUES ('delete', old.number, old.asked, old.reply);
END;
CREATE TRIGGER IF NOT EXISTS turn_changed AFTER UPDATE OF asked, reply ON turns BEGIN
    INSERT INTO words(words, rowid, asked, reply)
    VALUES ('delete', old.number, old.asked, old.reply);
    INSERT INTO words(rowid, asked, reply) VALUES (new.number, new.asked, new.reply);
END;
CREATE TABLE IF NOT EXISTS follows (
    turn INTEGER PRIMARY KEY REFERENCES turns(number) ON DELETE CASCADE,
    parent INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS follows_parent ON follows(parent);
CREATE TABLE IF NOT EXISTS marks (
    turn INTEGER PRIMARY KEY REFERENCES turns(number) ON DELETE CASCADE,
    good INTEGER NOT NULL,
    corrected TEXT NOT NULL DEFAULT '',
    may_train INTEGER NOT NULL DEFAULT 0,
    at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS meanings (
    number INTEGER PRIMARY KEY REFERENCES turns(number) ON DELETE CASCADE,
    vector BLOB NOT NULL
);
CREATE TRIGGER IF NOT EXISTS meaning_changed AFTER UPDATE OF asked ON turns BEGIN
    DELETE FROM meanings WHERE number = old.number;
END;
CREATE TABLE IF NOT EXISTS appeals (
    turn INTEGER PRIMARY KEY REFERENCES turns(number) ON DELETE CASCADE,
    action TEXT NOT NULL,
    direction TEXT NOT NULL,
    rule TEXT NOT NULL,
    category TEXT NOT NULL,
    score REAL NOT NULL,
    threshold REAL NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    may_train INTEGER NOT NULL DEFAULT 0,
    at REAL NOT NULL
);
