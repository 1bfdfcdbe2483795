// Loaded by Node before Decap's own server. That server asks a browser to keep other pages away, and looks at nothing
// itself: under a name of its own that leads to this machine, a page of another site is no other page. So nothing comes
// through that does not say that it is from our page, and for this address. A browser lets no page say so of another.
"use strict";

const http = require("node:http");

const { BIND_HOST, ORIGIN, PORT } = process.env;
const createServer = http.createServer;

http.createServer = (answer) =>
  createServer((request, response) => {
    const { host, origin } = request.headers;
    if (host === `${BIND_HOST}:${PORT}` && origin === ORIGIN) {
      answer(request, response);
    } else {
      response.writeHead(421, { Connection: "close" }).end();
    }
  });
