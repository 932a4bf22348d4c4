/** 打码规则：姓名留姓，证件号前 3 后 4，手机号去中间 4 位，地址保留到镇街。 */

/** 「张*」：留第一个字，不透露其余有几个字。 */
export const maskName = (name: string): string => (name === '' ? '' : `${Array.from(name)[0]}*`)

/** 证件号留前 3 后 4；不足 8 位的全部打码。 */
export const maskIdNumber = (number: string): string =>
  number.length < 8 ? '*'.repeat(number.length) : number.slice(0, 3) + '*'.repeat(number.length - 7) + number.slice(-4)

/** 手机号去掉中间 4 位；不是 11 位的全部打码。 */
export const maskPhone = (phone: string): string =>
  phone.length === 11 ? `${phone.slice(0, 3)}****${phone.slice(7)}` : '*'.repeat(phone.length)

/** 省、市（至多两级：地级市与县级市），再到镇街。省市先剥掉，免得把「镇江」「新乡」当成镇乡。 */
const uptoCity = /^(?:[^省市区]{2,8}(?:省|自治区))?(?:[^市区]{1,8}市){0,2}/
const uptoTown = /^.{1,12}?(?:街道|镇|乡)/

/** 地址保留到镇街；看不出镇街的只留到市，连市都没有的全部打码。 */
export function maskAddress(address: string): string {
  const city = uptoCity.exec(address)?.[0] ?? ''
  const town = uptoTown.exec(address.slice(city.length))?.[0] ?? ''
  return `${city}${town}***`
}
