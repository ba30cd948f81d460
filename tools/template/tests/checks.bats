# NN-topic: the question, in one sentence?

load ../bench/bench

answers udptopic
SERVER=127.0.0.1:43211

under_valgrind() {
    one_question
}

# A client and its server, and one question.
one_question() {
    start_server server udpserver
    start client udptopic 127.0.0.1
    type client "g1"
    expect client "Hi, g1"
    finish client
}

# Takes the place of the assertions that are still to be written.
not_written() {
    fail failed "assertions about what any right answer does" "this test is not written yet" ""
}

@test "a line becomes one datagram, and its reply is printed [30]" {
    read_on task-1-send-the-line
    one_question

    expect_printed client "send bytes: 2"
    expect_printed client "Hi, g1"
    expect_status client 0
    expect_call client send of "g1" to $SERVER
}

@test "what a right answer does (2) [10]" {
    read_on task-1-send-the-line
    one_question

    expect_status client 0
    not_written
}

@test "what a right answer does (3) [10]" {
    read_on task-1-send-the-line
    one_question

    expect_status client 0
    not_written
}

@test "what a right answer does (4) [10]" {
    read_on task-1-send-the-line
    one_question

    expect_status client 0
    not_written
}

@test "what a right answer does (5) [10]" {
    read_on task-1-send-the-line
    one_question

    expect_status client 0
    not_written
}

@test "what a right answer does (6) [10]" {
    read_on task-1-send-the-line
    one_question

    expect_status client 0
    not_written
}

@test "what a right answer does (7) [10]" {
    read_on task-1-send-the-line
    one_question

    expect_status client 0
    not_written
}

@test "Valgrind finds no memory error and no leak [10]" {
    read_on task-1-send-the-line
    expect_clean_memory
}
