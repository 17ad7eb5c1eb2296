import { judgeBank } from '../../bank.js'

judgeBank('slots')
