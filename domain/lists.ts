/** 接平：先映射再首尾相接。手机里的旧引擎没有 ES2019 的 flatMap，domain 只用到 ES2018。 */
export const collect = <T, R>(list: readonly T[], each: (item: T, index: number) => R[]): R[] => ([] as R[]).concat(...list.map(each))

/** 去重，保持先后。 */
export const unique = <T>(list: readonly T[]): T[] => Array.from(new Set(list))
