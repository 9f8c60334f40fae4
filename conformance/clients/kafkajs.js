// Asks kafkajs where keys go: node kafkajs.js KEYS.tsv OUT-FOLDER NODE_MODULES

const fs = require('fs')
const path = require('path')

const [keysPath, folder, modules] = process.argv.slice(2)
const kafkajs = path.join(modules, 'kafkajs')
const { Partitioners } = require(kafkajs)

const PARTITIONS = [3, 12, 100, 1000]
// A partitioner that answers differently within so many calls does not go by the key.
const TRIES = 64

const lines = fs.readFileSync(keysPath, 'ascii').split('\n')
const { seed } = JSON.parse(lines[0].slice(2))
const keys = lines
  .filter(line => line !== '' && !line.startsWith('#'))
  .map(line => (line === '-' ? null : Buffer.from(line.slice(1), 'hex')))

const clusters = PARTITIONS.map(count => Array.from({ length: count }, (_, id) => ({ partitionId: id, leader: 1 })))

const row = (hash, partition, key) => {
  const answers = clusters.map(partitionMetadata => {
    const all = new Set()
    for (let tries = key === null || key.length === 0 ? TRIES : 1; tries > 0; tries--) {
      all.add(partition({ topic: 't', partitionMetadata, message: { key, value: '' } }))
    }
    return all.size === 1 ? [...all][0] : '-'
  })
  return [key === null ? '-' : hash(key), ...answers].join('\t')
}

const lock = JSON.parse(fs.readFileSync(path.join(modules, '.package-lock.json'), 'utf8'))
const { version, integrity } = lock.packages['node_modules/kafkajs']

for (const [name, file, internals] of [
  ['DefaultPartitioner', 'partition-kafkajs.tsv', 'default'],
  ['LegacyPartitioner', 'partition-kafkajs-legacy.tsv', 'legacy'],
]) {
  const hash = require(path.join(kafkajs, 'src/producer/partitioners', internals, 'murmur2.js'))
  const partition = Partitioners[name]()
  const header = {
    tool: `kafkajs, ${name}`,
    version,
    artifact: `kafkajs-${version}.tgz`,
    integrity,
    keys: 'partition-keys.tsv',
    seed,
    columns: ['hash', ...PARTITIONS],
    made: 'kafkajs.js: its murmur2 and its partitioner',
  }
  const answers = [`# ${JSON.stringify(header)}`, ...keys.map(key => row(hash, partition, key))]
  fs.writeFileSync(path.join(folder, file), answers.join('\n') + '\n')
}
