import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bankOf } from '../grading/wrong-ones.js'
import { temporaryFolder } from './lab.js'

const handedIn = { ada: 'plain', bob: 'generators', cyd: 'plain', dan: undefined }
const lists = {
  roster:
    'id,name,submitted\nada,Ada,2026-12-02T12:00Z\nbob,Bob,2026-12-01T11:00Z\ncyd,Cyd,\neve,Eve,2026-12-01T11:00Z\n',
  adjust: 'student,exercise,points,reason\nEve,,3,on paper\n',
}

/** Small labs, two of them alike and one broken, and the options for a class that takes all that a gradebook knows. */
export function classFolder(folder = temporaryFolder()): { batch: string; options: string } {
  const batch = join(folder, 'labs')
  for (const [name, solution] of Object.entries(handedIn)) {
    const lab = join(batch, name)
    mkdirSync(lab, { recursive: true })
    const about = { language: 'js', exercises: { eviction: { file: 'eviction.js' } } }
    writeFileSync(join(lab, 'cachelab.json'), solution ? JSON.stringify(about) : '{')
    writeFileSync(join(lab, 'package.json'), '{"type":"module"}')
    if (solution) copyFileSync(join(bankOf('eviction'), `right/${solution}.js`), join(lab, 'eviction.js'))
  }
  const given = Object.entries(lists).map(([name, text]) => {
    const path = join(folder, `${name}.csv`)
    writeFileSync(path, text)
    return `--${name} ${path}`
  })
  return {
    batch,
    options: [...given, '--exercise eviction --similar --deadline 2026-12-01T12:00Z --late 10%/day'].join(
      ' ',
    ),
  }
}
