"""Reads and writes the encrypted payloads of Sundial's workers and APIs, for programs in Python.

A payload is AES-256-GCM over the serialised payload: `iv (12 bytes) | ciphertext | tag`. What is said about it in its metadata is authenticated.
"""

import base64
import gzip
import json
import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec


class SundialCodec(PayloadCodec):
    """Keys are files of a folder, named by their ids, each 32 bytes in base64."""

    def __init__(self, folder: Path, namespace: str) -> None:
        self.keys = {
            file.name: base64.b64decode(file.read_text().strip())
            for file in folder.iterdir()
            if file.is_file() and file.name != "current"
        }
        self.namespace = namespace

    async def encode(self, payloads: Iterable[Payload]) -> list[Payload]:
        return [self.encrypt(payload) for payload in payloads]

    async def decode(self, payloads: Iterable[Payload]) -> list[Payload]:
        return [self.decrypt(payload) for payload in payloads]

    def encrypt(self, payload: Payload) -> Payload:
        # Numbers count: "10" is newer than "9".
        key_id = max(self.keys, key=lambda name: (int(name), "") if name.isdigit() else (-1, name))
        iv = os.urandom(12)
        about = _authenticated(key_id, "none", self.namespace, None)
        data = iv + AESGCM(self.keys[key_id]).encrypt(iv, payload.SerializeToString(), about)
        metadata = {
            "encoding": b"binary/encrypted",
            "encryption-cipher": b"AES-256-GCM",
            "encryption-key-id": key_id.encode(),
            "encryption-namespace": self.namespace.encode(),
        }
        return Payload(metadata=metadata, data=data)

    def decrypt(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != b"binary/encrypted":
            return payload
        said = {name: value.decode() for name, value in payload.metadata.items()}
        key_id, namespace = said["encryption-key-id"], said["encryption-namespace"]
        compression = said.get("encryption-compression", "none")
        about = _authenticated(key_id, compression, namespace, said.get("encryption-workflow-id"))
        plain = AESGCM(self.keys[key_id]).decrypt(payload.data[:12], payload.data[12:], about)
        if namespace != self.namespace:
            raise ValueError(f"a payload belongs to the namespace {namespace}")
        return Payload.FromString(gzip.decompress(plain) if compression == "gzip" else plain)


def _authenticated(key_id: str, compression: str, namespace: str, workflow_id: str | None) -> bytes:
    said = ["sundial.payload.1", key_id, compression, namespace, workflow_id]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
