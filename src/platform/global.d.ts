/** Origin of the API, set when the app is built (`TARO_APP_API_ORIGIN`); empty means the page's own origin. */
declare const API_ORIGIN: string
/** WeChat subscription templates, comma-separated, set when the app is built (`TARO_APP_SUBSCRIBE_TEMPLATES`); empty on H5. */
declare const SUBSCRIBE_TEMPLATES: string
