// Sends requests with autocannon: one order as a line of JSON in, one answer as a line of JSON out.
//
// An order names url, headers, connections and amount: a fixed number of requests, so that none is
// left over to disturb the next measurement. With others, each request asks for the next of these paths, under an
// address of its own. The answer has every response's time in milliseconds, how often each status came, and how many
// seconds it took from the start to the last response.

import { createInterface } from "node:readline";
import autocannon from "autocannon";

const TICK = 10; // autocannon looks this often, in milliseconds, whether it is done

let number = 1_000_000;

function nextOf(others) {
  return (request) => {
    number += 1;
    const path = others[number % others.length];
    return { ...request, path: `${path}${path.includes("?") ? "&" : "?"}neu=${number}` };
  };
}

function send({ url, headers, connections, amount, others }) {
  return new Promise((resolve, reject) => {
    const answer = { times: [], statuses: {}, seconds: 0 };
    const started = performance.now();
    const options = { url, headers, amount, connections: Math.min(connections, amount), sampleInt: TICK, timeout: 60 };
    if (others.length) options.requests = [{ setupRequest: nextOf(others) }];
    const run = autocannon(options, (error, result) => {
      if (error || result.errors) reject(error ?? new Error(`${result.errors} requests to ${url} failed`));
      else resolve(answer);
    });
    run.on("response", (_client, status, _bytes, time) => {
      answer.times.push(Math.round(time * 1000) / 1000);
      answer.statuses[status] = (answer.statuses[status] ?? 0) + 1;
      answer.seconds = (performance.now() - started) / 1000;
    });
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await send(JSON.parse(line)))}\n`);
}
