import { useDidHide, useDidShow } from '@tarojs/taro'

/** Runs when the page is covered by another one. On H5 a covered page stays mounted, and so would its dialogs. */
export const usePageHidden: (run: () => void) => void = useDidHide

/** Runs each time the page comes to the front, the first included. */
export const usePageShown: (run: () => void) => void = useDidShow
