import { writeFileSync } from 'node:fs'
import { codeVectors } from './code/vectors'

/** `npx tsx scripts/code-vectors.ts`: writes docs/code/vectors.json anew, after a change of the format. */
writeFileSync('docs/code/vectors.json', `${JSON.stringify(codeVectors(), null, 2)}\n`)
