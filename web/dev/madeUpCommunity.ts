import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Plugin } from 'vite';
import { answerTo } from './madeUp/answers.ts';
import { powerAt } from './madeUp/home.ts';

const prefix = '/api/v1';

// What the node sends, but stricter: not even attributes may hold styles.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/** Answers the pages' requests with a community in memory. Its time is the machine's, or `COMMONWATT_NOW`. */
export function madeUpCommunity(): Plugin {
  const begun = Date.now();
  const firstNow = Date.parse(process.env['COMMONWATT_NOW'] ?? '') || begun;
  const now = () => firstNow + Date.now() - begun;
  const handle = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!url.pathname.startsWith(prefix)) {
      next();
    } else if (url.pathname === `${prefix}/live`) {
      stream(response, now, whoOf(request));
    } else {
      void answer(request, response, url, now());
    }
  };
  return {
    name: 'made-up-community',
    configureServer: ({ middlewares }) => void middlewares.use(handle),
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use((_, response, next) => {
        response.setHeader('content-security-policy', policy);
        next();
      });
      middlewares.use(handle);
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, url: URL, now: number): Promise<void> {
  const body = await bodyOf(request);
  const made = answerTo(request.method ?? 'GET', url.pathname.slice(prefix.length), { query: url.searchParams, body, now, who: whoOf(request) });
  if (made.who !== undefined) {
    response.setHeader('set-cookie', `made-up=${made.who ?? ''}; Path=/; SameSite=Strict`);
  }
  response.statusCode = made.status ?? 200;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(made.body === undefined ? '' : JSON.stringify(made.body));
}

function stream(response: ServerResponse, now: () => number, who: string | null): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  let height = 20_000;
  const send = (name: string, data: unknown) => response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  const timer = setInterval(() => {
    send('now', { now: new Date(now()).toISOString(), speed: 1 });
    if (Math.floor(now() / 1000) % 10 === 0) {
      send('block', { height: height++, time: new Date(now()).toISOString(), transactions: 2, events: 5 });
      if (who !== null) {
        send('power', powerAt(now()));
      }
    }
  }, 1000);
  response.on('close', () => clearInterval(timer));
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
  }
  return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
}

function whoOf(request: IncomingMessage): string | null {
  return /made-up=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? null;
}
