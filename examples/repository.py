#!/usr/bin/env python3
"""A client of this server in one file, written from docs/formats.md: Python's standard library, libsodium, and openssl for one signature.

    repository.py register NAME                 makes NAME.user (keys, mode 0600) and registers it
    repository.py guid NAME                     prints its userGuid
    repository.py token NAME                    opens a session and prints its JWT
    repository.py coffer-key FILE               makes a key pair in FILE (mode 0600) and prints the public key
    repository.py coffer FILE                   asks for the secrets of that key and opens them
    repository.py room-create NAME TITLE        prints the roomId
    repository.py room-join NAME ROOM
    repository.py room-renew NAME ROOM          makes a new room master key and wraps it for every member
    repository.py room-post NAME ROOM TEXT      encrypts, signs, posts
    repository.py room-read NAME ROOM [AFTER] [WAIT]    prints events, messages opened and their signatures checked

REPOSITORY_SERVER is the server's address, http://127.0.0.1:5080 where it is not set. It shows the formats; it is no library.
"""

import base64
import ctypes
import hashlib
import hmac
import inspect
import json
import os
import secrets
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

SERVER = os.environ.get("REPOSITORY_SERVER", "http://127.0.0.1:5080")


def load_sodium():
    for name in ("libsodium.so.23", "libsodium.so.26", "libsodium.so", "libsodium.dylib", "libsodium.dll"):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        if library.sodium_init() >= 0:
            return library
    sys.exit("libsodium is missing. Debian, Ubuntu: apt-get install libsodium23")


SODIUM = load_sodium()


# ---- Cryptography -------------------------------------------------------------------------------------------------------------------

def call(function, size, *arguments):
    """Calls a function of libsodium that writes `size` bytes; lengths follow their bytes, and None is a null."""
    out = ctypes.create_string_buffer(size)
    converted = [ctypes.c_ulonglong(x) if isinstance(x, int) else x for x in arguments]
    if getattr(SODIUM, function)(out, *converted) != 0:
        sys.exit(f"{function}: what was received does not open, or is a forgery.")
    return out.raw


def sign(seed, message):
    public, private = ctypes.create_string_buffer(32), ctypes.create_string_buffer(64)
    SODIUM.crypto_sign_seed_keypair(public, private, seed)
    return call("crypto_sign_detached", 64, None, message, len(message), private)


def signing_public(seed):
    public, private = ctypes.create_string_buffer(32), ctypes.create_string_buffer(64)
    SODIUM.crypto_sign_seed_keypair(public, private, seed)
    return public.raw


def is_signed(public, message, signature):
    return SODIUM.crypto_sign_verify_detached(signature, message, ctypes.c_ulonglong(len(message)), public) == 0


def x25519_public(private):
    return call("crypto_scalarmult_base", 32, private)


def box(message, public, private):
    nonce = secrets.token_bytes(24)
    return nonce + call("crypto_box_easy", len(message) + 16, message, len(message), nonce, public, private)


def open_box(data, public, private):
    return call("crypto_box_open_easy", len(data) - 40, data[24:], len(data) - 24, data[:24], public, private)


def seal_to(message, public):
    return call("crypto_box_seal", len(message) + 48, message, len(message), public)


def open_sealed(data, public, private):
    return call("crypto_box_seal_open", len(data) - 48, data, len(data), public, private)


def encrypt(key, message, aad):
    nonce = secrets.token_bytes(24)
    return nonce + call("crypto_aead_xchacha20poly1305_ietf_encrypt", len(message) + 16, None, message, len(message), aad, len(aad), None, nonce, key)


def decrypt(key, data, aad):
    return call("crypto_aead_xchacha20poly1305_ietf_decrypt", len(data) - 40, None, None, data[24:], len(data) - 24, aad, len(aad), data[:24], key)


def hkdf(secret, salt, info, size=32):
    key, block, out = hmac.digest(salt or bytes(32), secret, "sha256"), b"", b""
    for i in range(1, -(-size // 32) + 1):
        block = hmac.digest(key, block + info + bytes([i]), "sha256")
        out += block
    return out[:size]


def sha256(data):
    return hashlib.sha256(data).digest()


# ---- Bytes --------------------------------------------------------------------------------------------------------------------------

ED25519, X25519, P256 = (bytes.fromhex(prefix) for prefix in (
    "302a300506032b6570032100", "302a300506032b656e032100", "3059301306072a8648ce3d020106082a8648ce3d03010703420004"))


def pem(spki):
    return f"-----BEGIN PUBLIC KEY-----\n{b64(spki)}\n-----END PUBLIC KEY-----\n"


def raw_key(text):
    """The last 32 bytes of an Ed25519 or X25519 SubjectPublicKeyInfo."""
    return base64.b64decode("".join(line for line in text.splitlines() if "-----" not in line))[-32:]


def b64(data):
    return base64.b64encode(data).decode()


def url64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def cbor(value):
    """Writes what a request holds: maps, texts, bytes and unsigned integers."""
    if isinstance(value, int):
        return cbor_head(0, value)
    if isinstance(value, bytes):
        return cbor_head(2, len(value)) + value
    if isinstance(value, str):
        return cbor_head(3, len(value.encode())) + value.encode()
    return cbor_head(5, len(value)) + b"".join(cbor(key) + cbor(item) for key, item in value.items())


def cbor_head(major, number):
    for size, code in ((None, number), ("B", 24), (">H", 25), (">I", 26), (">Q", 27)):
        if size is None and number < 24:
            return bytes([major << 5 | number])
        if size is not None and number < 1 << 8 * struct.calcsize(size):
            return bytes([major << 5 | code]) + struct.pack(size, number)
    raise ValueError(number)


def read_cbor(data, at=0):
    """Reads one value; a tagged one as what the tag is on. Returns it and where it ends."""
    major, low = data[at] >> 5, data[at] & 31
    at += 1
    if low >= 24:
        size = {24: ">B", 25: ">H", 26: ">I", 27: ">Q"}[low]
        raw = data[at:at + struct.calcsize(size)]
        at += len(raw)
        number = struct.unpack(size, raw)[0]
    else:
        raw, number = b"", low
    if major == 0:
        return number, at
    if major == 1:
        return -1 - number, at
    if major in (2, 3):
        text = data[at:at + number]
        return (text if major == 2 else text.decode()), at + number
    if major == 6:
        return read_cbor(data, at)
    if major == 7:
        return (struct.unpack({2: ">e", 4: ">f", 8: ">d"}[len(raw)], raw)[0] if raw else {20: False, 21: True, 22: None}[low]), at
    items = []
    for _ in range(number * (major - 3)):
        item, at = read_cbor(data, at)
        items.append(item)
    return (items if major == 4 else dict(zip(items[::2], items[1::2]))), at


# ---- HTTP ---------------------------------------------------------------------------------------------------------------------------

def http(method, path, body=None, token=None, kind="application/json"):
    data = json.dumps(body).encode() if kind == "application/json" and body is not None else body
    headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(urllib.request.Request(SERVER + path, data, headers, method=method), timeout=90) as answer:
            content = answer.read()
            return json.loads(content) if answer.headers.get_content_type() == "application/json" else content
    except urllib.error.HTTPError as refusal:
        sys.exit(refusal.read().decode())


# ---- Users and sessions -------------------------------------------------------------------------------------------------------------

def write_private(path, content):
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


class User:
    def __init__(self, name):
        with open(f"{name}.user", encoding="ascii") as file:
            stored = json.load(file)
        self.guid = stored["userGuid"]
        self.seed, self.sealing = bytes.fromhex(stored["seed"]), bytes.fromhex(stored["sealing"])

    @staticmethod
    def register(name):
        guid, seed, sealing = secrets.token_hex(32), secrets.token_bytes(32), secrets.token_bytes(32)
        write_private(f"{name}.user", json.dumps({"userGuid": guid, "seed": seed.hex(), "sealing": sealing.hex()}).encode())
        signing_spki, sealing_spki = ED25519 + signing_public(seed), X25519 + x25519_public(sealing)
        proof = sign(seed, b"repository-user-v1\0" + guid.encode() + b"\0" + sha256(signing_spki) + sha256(sealing_spki))
        return http("POST", "/v1/users", {
            "userGuid": guid, "publicKey": pem(signing_spki), "sealingKey": pem(sealing_spki), "proof": b64(proof)})

    def open_session(self):
        begun = http("POST", "/v1/sessions/challenge", {"userGuid": self.guid})
        challenge, server = base64.b64decode(begun["challenge"]), base64.b64decode(begun["serverPublicKey"])
        private = secrets.token_bytes(32)
        public = x25519_public(private)
        transcript = b"repository-session-v1\0" + self.guid.encode() + b"\0" + sha256(challenge) + server + public
        answer = http("POST", "/v1/sessions", {
            "userGuid": self.guid, "challenge": begun["challenge"], "keyAgreement": "ecdh",
            "clientPublicKey": b64(public), "signature": b64(sign(self.seed, transcript))})
        shared = call("crypto_scalarmult", 32, private, server)
        key = hkdf(shared, sha256(transcript), b"repository session key")
        sealed = base64.b64decode(answer["sealedToken"])
        token = decrypt(key, sealed, sha256(transcript)).decode()
        signed = b"repository-session-server-v1\0" + sha256(transcript) + sha256(sealed)
        check_server(token, signed, base64.b64decode(answer["serverSignature"]))
        return token


def check_server(token, signed, signature):
    """The server that sealed the token is the one whose keys are published: ES256, by openssl."""
    kid = json.loads(url64(token.split(".")[0]))["kid"]
    key = next(key for key in http("GET", "/.well-known/jwks.json")["keys"] if key["kid"] == kid)
    parts = [signature[:32].lstrip(b"\0"), signature[32:].lstrip(b"\0")]
    numbers = b"".join(b"\x02" + bytes([len(n)]) + n for n in (b"\0" + part if part[0] & 128 else part for part in parts))
    with tempfile.TemporaryDirectory() as folder:
        files = {"key.pem": pem(P256 + url64(key["x"]) + url64(key["y"])).encode(), "signature": b"\x30" + bytes([len(numbers)]) + numbers}
        for name, content in files.items():
            write_private(os.path.join(folder, name), content)
        subprocess.run(["openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature"],
                       cwd=folder, input=signed, stdout=subprocess.DEVNULL, check=True)


# ---- Coffer -------------------------------------------------------------------------------------------------------------------------

def coffer_key(path):
    private = secrets.token_bytes(32)
    write_private(path, cbor({"public_key": x25519_public(private), "private_key": private}))
    return x25519_public(private).hex()


def coffer(path):
    with open(path, "rb") as file:
        pair, _ = read_cbor(file.read())
    server = bytes.fromhex(http("GET", "/v1/coffer")["publicKey"])
    challenge = secrets.token_bytes(16)
    request = cbor({"op": "get", "challenge": challenge, "timecode": int(time.time())})
    sealed = pair["public_key"] + box(request, server, pair["private_key"])
    answer, _ = read_cbor(open_box(http("POST", "/v1/coffer/secrets", sealed, kind="application/octet-stream"), server, pair["private_key"]))
    if answer["challenge"] != challenge:
        sys.exit("That is the answer to another request.")
    return {"version": answer["version"], "secrets": {secret["key"]: secret["value"] for secret in answer["secrets"]}}


# ---- Rooms --------------------------------------------------------------------------------------------------------------------------

class Room:
    def __init__(self, user, room):
        self.user, self.room, self.token = user, room, user.open_session()
        self.keys, self.senders = {}, {}

    def http(self, method, path, body=None):
        return http(method, f"/v1/rooms/{self.room}{path}", body, self.token)

    def renew(self):
        epoch, master = self.http("GET", "")["epoch"] + 1, secrets.token_bytes(32)
        members = [member["userGuid"] for member in self.members() if member["state"] == "member"]
        wrapped = {guid: b64(seal_to(master, raw_key(http("GET", f"/v1/users/{guid}")["sealingKey"]))) for guid in members}
        return self.http("POST", "/epochs", {"epoch": epoch, "wrappedKeys": wrapped})

    def members(self):
        items, after = [], ""
        while after is not None:
            page = self.http("GET", f"/members?limit=200{after and '&after=' + after}")
            items, after = items + page["items"], page["next"]
        return items

    def key(self, epoch):
        if epoch not in self.keys:
            wrapped = base64.b64decode(self.http("GET", f"/epochs/{epoch}/key")["wrappedKey"])
            master = open_sealed(wrapped, x25519_public(self.user.sealing), self.user.sealing)
            self.keys[epoch] = hkdf(master, self.room.encode(), b"repository room message")
        return self.keys[epoch]

    def bound(self, epoch, sender):
        return self.room.encode() + b"\0" + struct.pack(">Q", epoch) + b"\0" + sender.encode()

    def signed(self, epoch, ciphertext):
        return b"repository-room-message-v1\0" + self.room.encode() + b"\0" + struct.pack(">Q", epoch) + sha256(ciphertext)

    def post(self, text):
        epoch = self.http("GET", "")["epoch"]
        ciphertext = encrypt(self.key(epoch), text.encode(), self.bound(epoch, self.user.guid))
        return self.http("POST", "/messages", {
            "epoch": epoch, "ciphertext": b64(ciphertext), "signature": b64(sign(self.user.seed, self.signed(epoch, ciphertext))),
            "clientMessageId": secrets.token_hex(16)})

    def read(self, after, wait):
        answer = self.http("GET", f"/events?after={after}&wait={wait}")
        return [self.opened(event) if event["type"] == "message" else event for event in answer["events"]]

    def opened(self, event):
        epoch, sender, ciphertext = event["epoch"], event["userGuid"], base64.b64decode(event["ciphertext"])
        if sender not in self.senders:
            self.senders[sender] = raw_key(http("GET", f"/v1/users/{sender}")["publicKey"])
        genuine = is_signed(self.senders[sender], self.signed(epoch, ciphertext), base64.b64decode(event["signature"] or ""))
        text = decrypt(self.key(epoch), ciphertext, self.bound(epoch, sender)).decode()
        return {"sequence": event["sequence"], "type": "message", "userGuid": sender, "signed": genuine, "text": text}


# ---- Commands -----------------------------------------------------------------------------------------------------------------------

def create_room(name, title):
    return http("POST", "/v1/rooms", {"name": title}, User(name).open_session())["roomId"]


COMMANDS = {
    "register": User.register,
    "guid": lambda name: User(name).guid,
    "token": lambda name: User(name).open_session(),
    "coffer-key": coffer_key,
    "coffer": coffer,
    "room-create": create_room,
    "room-join": lambda name, room: Room(User(name), room).http("POST", "/members", {}),
    "room-renew": lambda name, room: Room(User(name), room).renew(),
    "room-post": lambda name, room, text: Room(User(name), room).post(text),
    "room-read": lambda name, room, after="0", wait="0": Room(User(name), room).read(after, wait),
}


def main():
    command, arguments = sys.argv[1:2], sys.argv[2:]
    if command == [] or command[0] not in COMMANDS:
        sys.exit(__doc__)
    try:
        inspect.signature(COMMANDS[command[0]]).bind(*arguments)
    except TypeError as mistake:
        sys.exit(f"{command[0]}: {mistake}\n\n{__doc__}")
    result = COMMANDS[command[0]](*arguments)
    for item in result if isinstance(result, list) else [result]:
        print(item if isinstance(item, str) else json.dumps(item, separators=(",", ":")))


if __name__ == "__main__":
    main()
