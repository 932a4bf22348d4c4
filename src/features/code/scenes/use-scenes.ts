import { listScenes } from '../../../api/codes'
import { useResource } from '../../../api/resource'

/** Where the code can be shown; kept for the road, because the page of the code leads here without network too. */
export const useScenes = () => useResource('public/code-scenes', listScenes)
