export const WEB_UI = 'temporal-ui'
