"""The shop's API: products and orders, kept in PostgreSQL."""
import os

import psycopg2
import redis
from flask import Flask, jsonify, request

app = Flask(__name__)
queue = redis.Redis(host=os.environ.get("REDIS_HOST", "cache"))


def database():
    return psycopg2.connect(os.environ["DATABASE_URL"])


@app.get("/health")
def health():
    return "ok"


@app.get("/products")
def products():
    with database() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT name, price FROM products ORDER BY name")
        return jsonify([{"name": name, "price": str(price)} for name, price in cursor])


@app.post("/orders")
def order():
    queue.rpush("orders", request.get_data())
    return "", 202


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000, debug=True)
