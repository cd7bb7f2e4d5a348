import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { good, problemOf, temporaryFolder } from './evaluation.fixture.ts'
import { readLabelledSet } from './read-labelled-set.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let elsewhere: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  folder = await temporaryFolder({
    'bea/2.png': 'b2',
    'bea/1.jpg': 'b1',
    'ada/1.JPEG': 'a1',
    'ada/notes.txt': 'no image',
    'ada/.hidden.jpg': 'no',
    '.trash/1.jpg': 'no',
    'empty/readme.md': 'no image',
    'stray.jpg': 'whose?',
  })
  elsewhere = await temporaryFolder({ 'secret.jpg': 'outside', 'people/cyd.jpg': 'c1' })
})
afterAll(async () => {
  await folder.remove()
  await elsewhere.remove()
})

describe('a folder with one subfolder per person', () => {
  it('names each photograph by its person, people and files in order, other files passed over', async () => {
    const set = good(await readLabelledSet({ folder: folder.path }))
    expect(set.name).toBe(basename(folder.path))
    expect(set.photos.map(({ file, subject, role }) => [file, subject, role])).toEqual([
      ['ada/1.JPEG', 'ada', 'both'],
      ['bea/1.jpg', 'bea', 'both'],
      ['bea/2.png', 'bea', 'both'],
    ])
    expect(set.photos[0]?.path).toBe(join(folder.path, 'ada', '1.JPEG'))
  })

  it('a photograph beside the subfolders is named, not guessed', async () => {
    const { problems } = good(await readLabelledSet({ folder: folder.path }))
    expect(problems).toMatchObject([{ code: 'photo_unlabelled', where: 'stray.jpg' }])
  })

  it('follows links to people, so that a set can be put together without copies', async () => {
    const linked = await temporaryFolder({})
    await symlink(join(folder.path, 'bea'), join(linked.path, 'bea'))
    expect(good(await readLabelledSet({ folder: linked.path })).photos).toHaveLength(2)
    await linked.remove()
  })

  it('reads the first people only, in the order of their names', async () => {
    const set = good(await readLabelledSet({ folder: folder.path, limit: 1 }))
    expect(set.photos.map(({ file }) => file)).toEqual(['ada/1.JPEG'])
  })

  it.each(['nowhere', 'stray.jpg'])('%s is no folder', async (name) => {
    const problem = problemOf(await readLabelledSet({ folder: join(folder.path, name) }))
    expect(problem).toMatchObject({ code: 'folder_missing', message: expect.stringContaining(name) })
    expect(problem.remedy).toMatch(/one folder of photographs per person/)
  })

  it('without a photograph says which shape is meant', async () => {
    const problem = problemOf(await readLabelledSet({ folder: join(folder.path, 'ada') }))
    expect(problem).toMatchObject({ code: 'no_images', remedy: expect.stringMatching(/subfolder per person.*--csv/) })
  })
})

describe('a folder with a CSV', () => {
  let csv = ''
  const read = async (...lines: readonly string[]) => {
    await writeFile(csv, lines.join('\n'))
    return readLabelledSet({ folder: folder.path, csv })
  }
  beforeEach(() => {
    csv = join(elsewhere.path, 'set.csv')
  })

  it('reads label, role and groups; columns in any order and case, others passed over', async () => {
    const set = good(
      await read(
        'Race,FILE,notes,subject,role,sex,age',
        'W,bea/1.jpg,x,Bea,gallery,female,29',
        ',bea/2.png,,Bea,Probe,f,30',
        'B,ada/1.JPEG,"a, b",Ada,,U,',
      ),
    )
    expect(set.problems).toEqual([])
    expect(set.photos.map(({ file, subject, role, groups }) => [file, subject, role, groups])).toEqual([
      ['bea/1.jpg', 'Bea', 'gallery', { sex: 'F', ageBand: '18 to 29', race: 'W' }],
      ['bea/2.png', 'Bea', 'probe', { sex: 'F', ageBand: '30 to 44' }],
      ['ada/1.JPEG', 'Ada', 'both', { race: 'B' }],
    ])
  })

  it('works the age out from the year of birth and the day of capture', async () => {
    const set = good(await read('file,subject,birth_year,captured', 'bea/1.jpg,b,1990,2024-05-31', 'bea/2.png,b,2010,'))
    expect(set.photos.map(({ groups }) => groups)).toEqual([{ ageBand: '30 to 44' }, {}])
  })

  it.each([
    ['bea/9.jpg,b', 'file_missing', 'file'],
    ['../secret.jpg,b', 'file_outside_folder', 'file'],
    ['/etc/hostname,b', 'file_outside_folder', 'file'],
    ['bea,b', 'file_missing', 'file'],
    [',b', 'file_unusable', 'file'],
    ['bea/1.jpg,', 'subject_unusable', 'subject'],
    [`bea/1.jpg,${'x'.repeat(201)}`, 'subject_unusable', 'subject'],
    ['ada/1.JPEG,again', 'file_repeated', 'file'],
  ])('the line %j costs itself alone, with its place', async (line, code, column) => {
    const set = good(await read('file,subject', 'ada/1.JPEG,a', line, 'bea/2.png,b'))
    expect(set.photos.map(({ file }) => file)).toEqual(['ada/1.JPEG', 'bea/2.png'])
    expect(set.problems).toMatchObject([{ code, where: `set.csv, line 3, column ${column}` }])
    expect(set.problems[0]?.remedy).not.toBe('')
  })

  it.each([
    ['role', 'enrolled'],
    ['sex', 'lady'],
    ['age', 'old'],
    ['age', '-3'],
    ['age', '121'],
    ['race', 'x'.repeat(61)],
  ])('a %s of %j is unusable', async (column, value) => {
    const set = good(await read(`file,subject,${column}`, `bea/1.jpg,b,${value}`, 'bea/2.png,b,'))
    expect(set.photos).toHaveLength(1)
    expect(set.problems).toMatchObject([{ code: `${column}_unusable`, where: `set.csv, line 2, column ${column}` }])
  })

  it.each([
    ['90', '2024', 'birth_year'],
    ['1990', 'May', 'captured'],
    ['2025', '2024-01-01', 'birth_year'],
    ['1850', '2024', 'birth_year'],
  ])('born %s, photographed %s gives no age', async (birth, captured, column) => {
    const set = good(
      await read('file,subject,birth_year,captured', `bea/1.jpg,b,${birth},${captured}`, 'bea/2.png,b,,'),
    )
    expect(set.problems).toMatchObject([{ where: `set.csv, line 2, column ${column}` }])
  })

  it('a line with a missing cell or a wrong quote is left out and the lines after it stay', async () => {
    const set = good(await read('file,subject', 'bea/1.jpg', 'ada/1.JPEG,"a', 'bea/2.png,b'))
    expect(set.photos.map(({ file }) => file)).toEqual(['bea/2.png'])
    expect(set.problems.map(({ where }) => where)).toEqual(['set.csv, line 2', 'set.csv, line 3'])
  })

  it('line ends of Windows and a byte order mark change nothing', async () => {
    const set = good(await read('\ufefffile,subject\r', 'bea/1.jpg,b\r', 'bea/7.jpg,b\r'))
    expect(set.photos).toHaveLength(1)
    expect(set.problems[0]?.where).toBe('set.csv, line 3, column file')
  })

  it('a link out of the folder is not followed', async () => {
    await mkdir(join(folder.path, 'sly'), { recursive: true })
    await symlink(join(elsewhere.path, 'secret.jpg'), join(folder.path, 'sly', 'x.jpg'))
    const set = good(await read('file,subject', 'sly/x.jpg,s', 'bea/1.jpg,b'))
    expect(set.problems).toMatchObject([{ code: 'file_outside_folder' }])
  })

  it.each([
    ['file;subject', 'file, subject'],
    ['file,person', 'subject'],
    ['', 'file, subject'],
  ])('the first line %j lacks columns', async (header, missing) => {
    const problem = problemOf(await read(header, 'bea/1.jpg,b'))
    expect(problem).toMatchObject({ code: 'csv_column_missing', message: `The CSV has no column ${missing}.` })
    expect(problem.where).toBe('set.csv, line 1')
  })

  it('says the first trouble when no line is left', async () => {
    const problem = problemOf(await read('file,subject', 'gone.jpg,b'))
    expect(problem).toMatchObject({ code: 'no_images', where: 'set.csv, line 2, column file' })
    expect(problem.message).toContain('There is no file gone.jpg')
  })

  it('text that is not UTF-8, and a file that is not there', async () => {
    await writeFile(csv, Buffer.from('file,subject\nbea/1.jpg,Zo\xeb', 'latin1'))
    expect(problemOf(await readLabelledSet({ folder: folder.path, csv })).code).toBe('csv_unreadable')
    const gone = join(elsewhere.path, 'gone.csv')
    expect(problemOf(await readLabelledSet({ folder: folder.path, csv: gone })).code).toBe('csv_missing')
    expect(problemOf(await readLabelledSet({ folder: folder.path, csv: elsewhere.path })).code).toBe('csv_missing')
  })

  it('a CSV over 64 MB is refused unread', async () => {
    const large = join(elsewhere.path, 'large.csv')
    await writeFile(large, '')
    await truncate(large, 64 * 1024 * 1024 + 1)
    expect(problemOf(await readLabelledSet({ folder: folder.path, csv: large })).code).toBe('csv_too_large')
  })
})
