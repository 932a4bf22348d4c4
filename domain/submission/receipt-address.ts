/** 公开核验页的地址：回执上印的、扫码到的都是它。 */
export const hrefOfReceipt = (code: string): string => `/features/case/receipt/index?code=${code}`
