import fs from 'node:fs'
import path from 'node:path'

/** All files at and below a place, sorted; none when there is no such place. */
export function filesUnder(place: string): string[] {
  if (!fs.existsSync(place)) return []
  if (!fs.statSync(place).isDirectory()) return [place]
  return fs.readdirSync(place).sort().flatMap((name) => filesUnder(path.join(place, name)))
}
