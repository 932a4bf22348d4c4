import { useState } from 'react'
import type { CodeScene, CodeSceneList } from '../../../contract/codes'
import { readKept } from '../../api/kept'

/** Where codes can be shown, as fetched with the last certificate; nothing if it never was. */
export function useKeptScenes(): CodeScene[] {
  const [scenes] = useState(() => readKept<CodeSceneList>('public/code-scenes')?.data.scenes ?? [])
  return scenes
}
