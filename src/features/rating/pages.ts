export default ['rate/index']
