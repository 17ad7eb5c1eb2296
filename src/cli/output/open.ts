import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { newTemporaryFolder } from '../../temporary-folder.js'
import { writeWhole } from '../../write-whole.js'
import { surface } from '../surface.js'
import { note } from './terminal.js'

/** What shows a file in the browser that somebody has chosen, by platform. */
const OPENERS: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

/** Collects what the run prints from now on; the function that it gives opens that as a page. */
export function collectPage(): () => Promise<void> {
  const target = surface()
  let text = ''
  target.print = (more) => {
    text += more
  }
  return () => openPage(text)
}

/** Writes a page into a folder for temporary files, says where, and shows it in a browser: BROWSER, or the system's. */
async function openPage(text: string): Promise<void> {
  const path = join(newTemporaryFolder('page-'), 'report.html')
  writeWhole(path, text)
  note(`the page is ${path}`)
  const { BROWSER } = surface().env
  const [program, ...words] = BROWSER ? [BROWSER] : (OPENERS[process.platform] ?? ['xdg-open'])
  const child = spawn(program, [...words, path], { detached: true, stdio: 'ignore' })
  await new Promise<void>((resolve) => {
    child.on('spawn', resolve)
    child.on('error', ({ message }) => {
      note(`no browser could be started (${message}); open the file in one`)
      resolve()
    })
  })
  child.unref()
}
