import { judgeBank } from '../../bank.js'

judgeBank('hash-ring')
