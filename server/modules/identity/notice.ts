import fs from 'node:fs'
import path from 'node:path'
import { Value } from 'typebox/value'
import { parse } from 'yaml'
import { Notice } from '../../../contract/identity'
import type { Static } from 'typebox'

/** The privacy notice in force, read once at start. @throws when its file does not have the contract's shape */
export const notice: Static<typeof Notice> = Value.Parse(Notice, parse(fs.readFileSync(path.join(__dirname, 'notice.yml'), 'utf8')))
