import { describe, expect, it } from 'vitest'
import { ConfigError, readSettings } from './config.ts'

const WITNESS = 'witness.example/w1+efcd800c+BGa+fjMsekUzMr2dCn99sFX1xe8aBq2mbZizn7aBDEc6'

describe('settings', () => {
  it('work with nothing set', () => {
    const settings = readSettings({ PATH: '/usr/bin' })
    expect(settings).toMatchObject({
      databaseUrl: null,
      host: '127.0.0.1',
      port: 8443,
      portNamed: false,
      secureCookies: false,
      sampleCounty: true,
      logOrigin: 'countenance.local/log',
      decodeProcesses: 1,
      searchThreads: null,
      cluster: null,
      witnesses: [],
      witnessesNeeded: 0,
    })
    expect(settings.dataDir.endsWith('.countenance/data')).toBe(true)
  })

  it('take what is set', () => {
    const settings = readSettings({
      COUNTENANCE_DATA: '/srv/faces',
      DATABASE_URL: 'postgres://db.example/faces',
      COUNTENANCE_PORT: '9000',
      COUNTENANCE_HTTPS: 'yes',
      COUNTENANCE_SAMPLE: 'no',
      COUNTENANCE_SEARCH_THREADS: '0',
      COUNTENANCE_CLUSTER_URL: 'https://faces.example:8443',
      COUNTENANCE_CLUSTER_USER: 'searcher',
    })
    expect(settings).toMatchObject({
      dataDir: '/srv/faces',
      databaseUrl: 'postgres://db.example/faces',
      port: 9000,
      portNamed: true,
      secureCookies: true,
      sampleCounty: false,
      searchThreads: 0,
      cluster: { url: 'https://faces.example:8443', name: 'gallery', user: 'searcher', password: null },
    })
  })

  it('needs all witnesses unless told', () => {
    const COUNTENANCE_WITNESSES = `https://w.example ${WITNESS}`
    expect(readSettings({ COUNTENANCE_WITNESSES })).toMatchObject({
      witnesses: [{ url: 'https://w.example', key: { name: 'witness.example/w1' } }],
      witnessesNeeded: 1,
    })
    const read = (needed: string) => readSettings({ COUNTENANCE_WITNESSES, COUNTENANCE_WITNESSES_NEEDED: needed })
    expect(read('0').witnessesNeeded).toBe(0)
    expect(() => read('2')).toThrow(/^COUNTENANCE_WITNESSES_NEEDED must be at most 1.*correct it or remove it/)
    expect(() => readSettings({ COUNTENANCE_WITNESSES_NEEDED: '1' })).toThrow('must be at most 0')
  })

  it('loads the sample into a named server only when told to', () => {
    const DATABASE_URL = 'postgres://db.example/faces'
    expect(readSettings({ DATABASE_URL }).sampleCounty).toBe(false)
    expect(readSettings({ DATABASE_URL, COUNTENANCE_SAMPLE: 'yes' }).sampleCounty).toBe(true)
  })

  it.each([
    ['COUNTENANCE_PORT', 'eighty', 'whole number'],
    ['COUNTENANCE_PORT', '70000', '0 to 65535'],
    ['COUNTENANCE_HTTPS', 'true', 'yes or no'],
    ['COUNTENANCE_SAMPLE', '1', 'yes or no'],
    ['COUNTENANCE_DATA', '', 'folder'],
    ['COUNTENANCE_LOG_ORIGIN', 'https://x', 'without its scheme'],
    ['COUNTENANCE_DECODERS', '0', '1 to 16'],
    ['COUNTENANCE_ENGINE_THREADS', '0', '1 to 64'],
    ['COUNTENANCE_SEARCH_THREADS', '65', '0 to 64'],
    ['COUNTENANCE_CLUSTER_URL', 'faces.example', 'https://'],
    ['COUNTENANCE_CLUSTER_NAME', 'a;drop', 'small letters'],
    ['COUNTENANCE_WITNESSES', 'https://w.example', 'pairs'],
    ['COUNTENANCE_WITNESSES_NEEDED', 'two', '0 to 20'],
    ['DATABASE_URL', 'mysql://secret@db', 'postgres://'],
  ])('%s=%s is refused in one sentence that says how to mend it', (name, value, words) => {
    const read = () => readSettings({ [name]: value })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(words)
    expect(read).toThrow(name)
    expect(read).toThrow(/correct it or remove it/)
  })

  it('never shows an address, which may hold a password', () => {
    for (const name of ['DATABASE_URL', 'COUNTENANCE_CLUSTER_URL', 'COUNTENANCE_WITNESSES']) {
      const message = expect.not.stringContaining('secret')
      expect(() => readSettings({ [name]: 'mysql://secret@db' })).toThrow(expect.objectContaining({ message }))
    }
  })

  it('names a misspelt setting', () => {
    expect(() => readSettings({ COUNTENANCE_PROT: '1' })).toThrow(/COUNTENANCE_PROT is not a setting/)
  })
})
