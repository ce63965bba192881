// Runs npm's @tus/server over a folder until its standard input closes.
// Arguments: the folder, and after how many milliseconds an upload expires (0: never).
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.env.PEERS, 'resolved-from.js'))
const { Server } = require('@tus/server')
const { FileStore } = require('@tus/file-store')

const [directory, expiry] = process.argv.slice(2)
const server = new Server({
  path: '/files',
  relativeLocation: true,
  datastore: new FileStore({ directory, expirationPeriodInMilliseconds: Number(expiry) }),
})
const listening = server.listen({ host: '127.0.0.1', port: 0 }, () =>
  console.log(`http://127.0.0.1:${listening.address().port}`),
)
process.stdin.on('end', () => process.exit(0)).resume()
