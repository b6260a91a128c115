import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'

export const head = () => ({ title: 'In production: Layer9' })

export default function ProductionPage(_props: PageProps<'/production'>) {
  return (
    <div class="prose">
      <h1>In production</h1>
      <p class="lead">
        <code>layer9 build</code> writes <code>.layer9/build</code>; <code>layer9 start</code> serves it. The build can
        be moved to another machine: besides it, <code>start</code> needs Node and the packages that the app installs.
      </p>

      <p>
        Of an app with a database, <code>start</code> first asks that whether it has all migrations:{' '}
        <a href="/migrations">Migrations, seeds, going to production</a>.
      </p>

      <h2>What a page costs</h2>
      <p>
        The build prints, and keeps in <code>.layer9/build/sizes.json</code>, the bytes of script and styles that the
        first visitor of each page receives, and what its roots are given. A root&rsquo;s props are data that a document
        holds twice: as the elements that it shows, and again for the script that takes these over.{' '}
        <code>layer9 dev</code> tells them with each request, since only a page with its data knows them; where a root
        is given much, it names the smallest element that has to be live, and the rest can stay with a plain component.
      </p>
      <Code output>{`
page         script         styles         props                         roots
/            5.3 / 4.8 KiB  0.3 / 0.2 KiB  Counter 11 B                  app/components/Counter.tsx
/posts/[id]  0.8 / 0.7 KiB  0.3 / 0.2 KiB  none                          none
/archive     5.6 / 5.0 KiB  0.3 / 0.2 KiB  List 14.4 KiB, 2 Counter 23 B app/components/List.tsx

/archive: the root List (app/components/List.tsx) is given 14.4 KiB, 14.4 KiB of it as "posts", besides
what it shows. Only <button> at app/components/List.tsx:9:7 has to be live: move it into a component of its own.
`}</Code>
      <p>
        <code>layer9 routes</code> lists the same beside each page&rsquo;s access rule. A budget in{' '}
        <code>layer9.config.ts</code> fails the build where a page loads more.
      </p>

      <h2>Where it listens</h2>
      <p>
        At port 3000 of every address. The variables <code>HOST</code> and <code>PORT</code> say otherwise, or{' '}
        <code>host</code> and <code>port</code> in <code>layer9.config.ts</code>. Behind a proxy set{' '}
        <code>trustProxy</code>, so that addresses are those of visitors and not of the proxy; and let{' '}
        <code>limits.keepAlive</code> be longer than the proxy keeps idle connections, or it will now and then send a
        request into one that is just being closed.
      </p>
      <Code>{`
export default defineConfig({
  trustProxy: true,
  workers: 'auto',
  limits: {
    requestsPerMinute: 600, // of one visitor, over all workers
    requestTime: 30_000, // until the whole of a request is there
    keepAlive: 75_000, // nginx keeps idle connections for 60 seconds
    drain: 30_000, // how long requests may run on when the server ends
  },
})
`}</Code>

      <h2>Workers</h2>
      <p>
        One process uses one processor. <code>layer9 start --workers 4</code> starts four behind one port;{' '}
        <code>auto</code> takes as many as there are processors. The variable <code>WORKERS</code> and{' '}
        <code>workers</code> in <code>layer9.config.ts</code> say the same. The process that you started holds the port
        and loads nothing of the app. A worker that dies is replaced; if workers die again and again as soon as they
        have started, the start ends with the reason and exit code 1.
      </p>
      <p>
        Each worker has a memory of its own: what an app keeps in a variable, it keeps once for each. What the framework
        keeps is there once: the rate limit counts over all of them, and goes on counting over restarts.
      </p>

      <h2>Signals</h2>
      <dl>
        <dt>
          <code>SIGTERM</code>, <code>SIGINT</code>
        </dt>
        <dd>
          No connection is taken any more, requests that run are finished, <code>onDispose</code> closes what modules
          opened, exit code 0. After <code>limits.drain</code> milliseconds what still runs is cut off. A second signal
          ends everything at once. On SIGTERM idle connections are kept for another second, so that a proxy is told
          before they close; on SIGINT, which is Ctrl+C, they close at once.
        </dd>
        <dt>
          <code>SIGHUP</code>
        </dt>
        <dd>
          With workers: new ones are started from the build as it is now, then the old ones end, and no request is lost.
          If the new build does not start, the old workers go on and the log says why.
        </dd>
      </dl>
      <p>
        So a new version is <code>layer9 build</code>, then SIGHUP. Pages that are open keep working: the assets of the
        last three builds are served.
      </p>

      <h2>Health</h2>
      <p>
        <code>GET /_layer9/health</code> is 200 while the server takes requests and 503 while it ends. It has no rate
        limit and no line in the log.
      </p>

      <h2>systemd</h2>
      <p>
        Start the program itself, not <code>npm</code>, which would get the signals in its place.{' '}
        <code>systemctl reload</code> is a restart without a gap.
      </p>
      <Code output>{`
[Unit]
Description=The board
After=network.target

[Service]
User=board
WorkingDirectory=/srv/board
Environment=PORT=3000
ExecStart=/srv/board/node_modules/.bin/layer9 start --workers auto
ExecReload=/bin/kill -HUP $MAINPID
KillMode=mixed
TimeoutStopSec=40
Restart=always

[Install]
WantedBy=multi-user.target
`}</Code>

      <h2>A container</h2>
      <p>
        The list form of <code>CMD</code> makes the server the first process of the container, which gets its signals.
        Give it more time to end than <code>limits.drain</code>, which is 30 seconds: <code>docker stop --time 40</code>
        , <code>terminationGracePeriodSeconds: 40</code>.
      </p>
      <Code output>{`
FROM node:24-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY .layer9/build .layer9/build
USER node
EXPOSE 3000
CMD ["node_modules/.bin/layer9", "start"]
`}</Code>

      <h2>The log</h2>
      <p>
        One JSON object a line on standard output, from all workers together; <code>LOG_LEVEL</code> leaves out lines
        below <code>debug</code>, <code>info</code>, <code>warn</code> or <code>error</code>.
      </p>

      <h2>What Layer9 limits by itself</h2>
      <p>
        All headers of a request: 16 KiB, within 10 seconds. A body: <code>limits.body</code>, 1 MiB. A whole request:{' '}
        <code>limits.requestTime</code>. An idle connection: <code>limits.keepAlive</code>. An answer of which no byte
        moves, because none is made or nobody reads: two minutes. Requests of an address:{' '}
        <code>limits.requestsPerMinute</code>. Connections of a process: <code>limits.connections</code>, 10,000.
        Requests that one connection sends before it was answered: 100.
      </p>
    </div>
  )
}
