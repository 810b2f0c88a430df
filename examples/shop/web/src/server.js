// The shop's pages: asks the API for products and shows them. Needs nothing but Node itself.
const crypto = require('crypto');
const http = require('http');

const api = process.env.API_URL || 'http://localhost:8000';

// A visitor's number, signed, so that nobody can take another's basket.
function cookie() {
  const visitor = crypto.randomBytes(8).toString('hex');
  const signature = crypto.createHmac('sha256', process.env.SESSION_SECRET).update(visitor).digest('hex');
  return `visitor=${visitor}.${signature}; HttpOnly; SameSite=Lax`;
}

function fetchProducts(done) {
  const request = http.get(`${api}/products`, (answer) => {
    let text = '';
    answer.on('data', (part) => { text += part; });
    answer.on('end', () => {
      if (answer.statusCode !== 200) return done(new Error(`the API says ${answer.statusCode}`));
      done(null, JSON.parse(text));
    });
  });
  request.on('error', done);
}

function showShop(response) {
  fetchProducts((error, products) => {
    if (error) {
      console.error(error.message);
      response.writeHead(502);
      return response.end('the shop is closed\n');
    }
    const items = products.map((product) => `<li>${product.name}: ${product.price}</li>`).join('');
    response.writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': cookie() });
    response.end(`<h1>Shop</h1><ul>${items}</ul>\n`);
  });
}

const server = http.createServer((request, response) => {
  if (request.url === '/health') return response.end('ok\n');
  if (request.url === '/') return showShop(response);
  response.writeHead(404);
  response.end('not found\n');
});

process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(3000, () => console.log('web listens on 3000'));
