/** 敏感的一格（licences.md §2：2 敏感、3 特别敏感）：缺省打码、不给看，看原样记足迹，带出去要再确认是本人。 */
export const isSensitive = ({ sensitivity }: { sensitivity: number }): boolean => sensitivity >= 2
