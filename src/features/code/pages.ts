const pages = ['scenes/index']

export default pages
