module github.com/packetwalk/packetwalk

go 1.25
