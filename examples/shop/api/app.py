"""The shop's API: products in PostgreSQL, orders in Redis, pictures in a folder. A WSGI application without a framework."""
import json
import os
import pathlib
import re
import urllib.parse
from http import HTTPStatus
from wsgiref.simple_server import make_server

import pg8000.dbapi
import redis

UPLOADS = pathlib.Path("/app/uploads")
PRODUCTS = [("a mug", "7.50"), ("a postcard", "1.20"), ("an anchor", "349.00")]
filled = False
queue = redis.Redis(host=os.environ.get("REDIS_HOST", "cache"))


def database():
    url = urllib.parse.urlsplit(os.environ["DATABASE_URL"])
    return pg8000.dbapi.connect(url.username, host=url.hostname, port=url.port or 5432, database=url.path.lstrip("/"),
                                password=urllib.parse.unquote(url.password or ""), timeout=5)


def fill(cursor):
    global filled
    cursor.execute("SELECT pg_advisory_xact_lock(1)")
    cursor.execute("CREATE TABLE IF NOT EXISTS products (name text PRIMARY KEY, price numeric NOT NULL)")
    cursor.executemany("INSERT INTO products VALUES (%s, %s) ON CONFLICT DO NOTHING", PRODUCTS)
    filled = True


def products(environ):
    connection = database()
    try:
        cursor = connection.cursor()
        if not filled:
            fill(cursor)
        cursor.execute("SELECT name, price FROM products ORDER BY name")
        found = [{"name": name, "price": str(price)} for name, price in cursor.fetchall()]
        connection.commit()
        return HTTPStatus.OK, "application/json", json.dumps(found).encode()
    finally:
        connection.close()


def body(environ):
    return environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))


def order(environ):
    queue.rpush("orders", body(environ))
    return HTTPStatus.ACCEPTED, "text/plain", b""


def upload(environ):
    name = environ["PATH_INFO"].rpartition("/")[2]
    if not re.fullmatch(r"[a-z0-9-]+\.jpg", name):
        return HTTPStatus.BAD_REQUEST, "text/plain", b"a picture is called name.jpg\n"
    (UPLOADS / name).write_bytes(body(environ))
    return HTTPStatus.CREATED, "text/plain", b""


def health(environ):
    return HTTPStatus.OK, "text/plain", b"ok\n"


ROUTES = [("GET", r"/health", health), ("GET", r"/products", products), ("POST", r"/orders", order), ("PUT", r"/pictures/[^/]+", upload)]


def app(environ, start_response):
    status, kind, text = HTTPStatus.NOT_FOUND, "text/plain", b"not found\n"
    for method, path, answer in ROUTES:
        if method == environ["REQUEST_METHOD"] and re.fullmatch(path, environ["PATH_INFO"]):
            status, kind, text = answer(environ)
    start_response(f"{status.value} {status.phrase}", [("Content-Type", kind), ("Content-Length", str(len(text)))])
    return [text]


if __name__ == "__main__":
    make_server("0.0.0.0", 8000, app).serve_forever()
