// Uploads one file with npm's tus-js-client. The first argument is a JSON object:
// endpoint, token, file, metadata; and chunkSize, urls (a file that remembers addresses),
// stopAfter (bytes), terminate, whole (with the creation), override, checksum.
// The last line of the output tells how it ended, as a JSON object.
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.env.PEERS, 'resolved-from.js'))
const tus = require('tus-js-client')

const asked = JSON.parse(process.argv[2])
const requests = []
const told = { requests }

function end(fields) {
  console.log(JSON.stringify({ ...told, ...fields }))
  process.exit(0)
}

const options = {
  endpoint: asked.endpoint,
  headers: { Authorization: `Bearer ${asked.token}` },
  metadata: asked.metadata,
  uploadSize: statSync(asked.file).size,
  chunkSize: asked.chunkSize ?? Number.POSITIVE_INFINITY,
  uploadDataDuringCreation: Boolean(asked.whole),
  overridePatchMethod: Boolean(asked.override),
  retryDelays: [0, 50],
  fingerprint: async () => `fingerprint-${asked.metadata.reference}`,
  storeFingerprintForResuming: Boolean(asked.urls),
  onAfterResponse(request, response) {
    requests.push(`${request.getMethod()} ${response.getStatus()}`)
    told.image = response.getHeader('Store-Image') ?? told.image
    told.outcome = response.getHeader('Store-Outcome') ?? told.outcome
  },
  onBeforeRequest(request) {
    if (asked.checksum && request.getMethod() === 'PATCH') {
      const digest = createHash('sha256').update(readFileSync(asked.file)).digest('base64')
      request.setHeader('Upload-Checksum', `sha256 ${digest}`)
    }
  },
  onChunkComplete(_size, accepted) {
    if (asked.stopAfter && accepted >= asked.stopAfter && accepted < options.uploadSize) {
      upload.abort(Boolean(asked.terminate)).then(
        () => end({ ended: 'stopped', accepted, url: upload.url }),
        (error) => end({ ended: 'error', error: String(error) }),
      )
    }
  },
  onSuccess: () => end({ ended: 'success', url: upload.url }),
  onError: (error) =>
    end({ ended: 'error', status: error.originalResponse?.getStatus(), error: String(error) }),
}
if (asked.urls) options.urlStorage = new tus.FileUrlStorage(asked.urls)

const upload = new tus.Upload(createReadStream(asked.file), options)
if (asked.urls) {
  const [previous] = await upload.findPreviousUploads()
  if (previous) upload.resumeFromPreviousUpload(previous)
  told.resumed = Boolean(previous)
}
upload.start()
