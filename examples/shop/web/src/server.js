// The shop's pages: asks the API for products and shows them.
const express = require('express');
const session = require('express-session');

const api = process.env.API_URL || 'http://localhost:8000';
const app = express();

app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: true }));

app.get('/health', (request, response) => response.send('ok'));

app.get('/', async (request, response) => {
  const products = await (await fetch(`${api}/products`)).json();
  const items = products.map((product) => `<li>${product.name}: ${product.price}</li>`).join('');
  response.send(`<h1>Shop</h1><ul>${items}</ul>`);
});

app.listen(3000, () => console.log('web listens on 3000'));
